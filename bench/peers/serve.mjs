// node serve.mjs wasm|cpu: a line "w1 150" (workload, milliseconds) is answered by "median best" in microseconds.
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const backend = process.argv[2] ?? 'wasm';
if (backend === 'wasm') {
  setThreadsCount(1);
  setWasmPaths(fileURLToPath(new URL('./node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)));
}
await tf.setBackend(backend);
await tf.ready();

function net(batch, sizes) {
  const layers = sizes.slice(1).map((n, i) => ({
    w: tf.variable(tf.randomUniform([sizes[i], n], -1, 1).mul(Math.sqrt(6 / (sizes[i] + n)))),
    b: tf.variable(tf.zeros([n])),
  }));
  const variables = layers.flatMap(l => [l.w, l.b]);
  const x = tf.randomUniform([batch, sizes[0]], -1, 1);
  const y = tf.oneHot(tf.randomUniform([batch], 0, sizes.at(-1), 'int32'), sizes.at(-1)).toFloat();
  const forward = (act, values = variables) => layers.reduce((h, _, i) => {
    const z = h.matMul(values[2 * i]).add(values[2 * i + 1]);
    return i < layers.length - 1 ? act(z) : z;
  }, x);
  const loss = () => tf.losses.softmaxCrossEntropy(y, forward(tf.relu));
  const adam = tf.train.adam(1e-3), other = tf.train.adam(1e-3);
  const squared = (...values) => forward(tf.tanh, values).sub(y).square().mean();
  const norm = () => tf.addN(tf.grads(squared)(variables).map(g => g.square().sum()));
  return {
    w: () => tf.tidy(() => adam.minimize(loss, true, variables).dataSync()[0]),
    g: () => tf.tidy(() => { const r = tf.variableGrads(loss, variables); return r.value.dataSync()[0]; }),
    s: () => tf.tidy(() => other.minimize(norm, true, variables).dataSync()[0]),
    p: () => tf.tidy(() => forward(tf.relu).dataSync()[0]),
  };
}

const nets = [net(1, [10, 64, 10]), net(32, [64, 64, 32, 10]), net(128, [784, 64, 32, 10])];
const works = Object.fromEntries(nets.flatMap((n, i) => Object.entries(n).map(([k, f]) => [k + (i + 1), f])));
const cube = tf.grad(tf.grad(tf.grad(x => x.pow(tf.scalar(3)))));
works.pow = () => tf.tidy(() => cube(tf.scalar(3)).dataSync()[0]);

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [name, milliseconds] = line.split(' ');
  const work = works[name];
  if (!work) { console.log('nan nan'); continue; }
  const now = () => performance.now() * 1000;
  work();
  let t = now(); work();
  const n = Math.max(1, Math.floor(500 / Math.max(now() - t, 0.1)));
  const times = [], start = now();
  do { t = now(); for (let i = 0; i < n; i++) work(); times.push((now() - t) / n); } while (now() - start < milliseconds * 1000);
  times.sort((a, b) => a - b);
  console.log(`${times[times.length >> 1].toFixed(3)} ${times[0].toFixed(3)}`);
}
