"""Small models of convolutions, recurrent layers and the like, as Keras 3.15.1 saves them: python make_layer_files.py OUT"""
import json
import os
import sys

import keras
import numpy as np
from keras import layers as L
out=sys.argv[1]; os.makedirs(out, exist_ok=True)
rng=np.random.default_rng(0)
def save(name,m,*x):
    for w in m.weights:
        if w.dtype.startswith('float'): w.assign(np.abs(rng.normal(size=w.shape))*.3+.5 if 'variance' in w.path else rng.normal(size=w.shape)*.4)
    y=m(list(x) if len(x)>1 else x[0], training=False)
    m.save(f'{out}/{name}.keras'); m.save_weights(f'{out}/{name}.weights.h5')
    ys=y if isinstance(y,(list,tuple)) else [y]
    arr=lambda a: {"shape":list(a.shape),"dtype":str(a.dtype),"data":[float(v) for v in np.asarray(a).ravel()]}
    json.dump({"inputs":[arr(a) for a in x],"outputs":[arr(np.asarray(a)) for a in ys]},open(f'{out}/{name}.json','w'))
img=rng.normal(size=(2,9,8,3)).astype('float32'); seq=rng.normal(size=(2,7,3)).astype('float32'); ids=np.array([[1,2,3,0,0],[4,5,0,0,0]],'int32')
save('conv',keras.Sequential([keras.Input((9,8,3)),L.ZeroPadding2D(((1,0),(2,1))),L.Conv2D(4,3,padding='same',strides=2,activation='relu'),L.BatchNormalization(),L.MaxPooling2D(2),L.DepthwiseConv2D(2,padding='same'),L.SeparableConv2D(3,2,padding='same'),L.UpSampling2D(2),L.Conv2DTranspose(2,3,strides=2,padding='same'),L.Cropping2D(1),L.GlobalAveragePooling2D(),L.Dense(2)]),img)
save('conv1',keras.Sequential([keras.Input((7,3)),L.Conv1D(4,3,padding='causal',dilation_rate=2,activation='tanh'),L.AveragePooling1D(2),L.SeparableConv1D(3,2),L.GlobalMaxPooling1D(),L.Dense(2)]),seq)
save('lstm',keras.Sequential([keras.Input((7,3)),L.LSTM(4,return_sequences=True),L.GRU(3,return_sequences=True),L.SimpleRNN(2),L.Dense(1)]),seq)
save('bi',keras.Sequential([keras.Input((7,3)),L.Bidirectional(L.LSTM(4,return_sequences=True)),L.TimeDistributed(L.Dense(3,activation='relu')),L.Bidirectional(L.GRU(2),merge_mode='sum')]),seq)
save('text',keras.Sequential([keras.Input((5,),dtype='int32'),L.Embedding(10,4,mask_zero=True),L.LSTM(3),L.Dense(1,activation='sigmoid')]),ids)
save('textvar',keras.Sequential([keras.Input((None,),dtype='int32'),L.Embedding(10,4,mask_zero=True),L.LSTM(3),L.Dense(1,activation='sigmoid')]),ids)
save('permute',keras.Sequential([keras.Input((7,3)),L.Permute((2,1)),L.Flatten(),L.RepeatVector(2),L.GlobalAveragePooling1D(),L.Dense(2)]),seq)
for n,f in (('mha',lambda x: L.MultiHeadAttention(2,3)(x,x)),('attention',lambda x: L.Attention()([x,x])),('group',lambda x: L.GroupNormalization(3)(x)),('rms',lambda x:L.RMSNormalization()(x)),('dot',lambda x: L.Dot(2)([x,x])),('unit',lambda x:L.UnitNormalization()(x)),('noise',lambda x:L.SpatialDropout1D(.2)(L.AlphaDropout(.1)(L.GaussianDropout(.1)(x))))):
    x=keras.Input((7,3)); save(n,keras.Model(x,f(x)),seq)
