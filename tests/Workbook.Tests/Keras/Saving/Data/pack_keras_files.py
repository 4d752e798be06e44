"""Packs the samples that make_keras_files.py made with Keras 3.15.1 and tf.keras 2.15.0, what make_defaults.py and make_layer_files.py made:

    python pack_keras_files.py FOLDER DEFAULTS.json LAYERS

Of each description what the tests read is kept: inputs, outputs, and what training must give next.
"""
import json
import pathlib
import sys
import zipfile

SOURCE = pathlib.Path(sys.argv[1])
KEPT = ("what", "inputs", "outputs", "training")
with zipfile.ZipFile(pathlib.Path(__file__).with_name("keras-files.zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    def put(name, data):
        archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)

    put("defaults.json", pathlib.Path(sys.argv[2]).read_bytes())
    for path in sorted(pathlib.Path(sys.argv[3]).iterdir()):
        put(f"layers/{path.name}", path.read_bytes())
    for path in sorted(SOURCE.rglob("*")):
        name = path.relative_to(SOURCE).as_posix()
        if not path.is_file() or path.suffix not in (".keras", ".h5", ".json") or name.startswith("v3/digits"):
            continue
        if path.suffix != ".json":
            put(name, path.read_bytes())
        elif name == "bad.json":
            rows = json.loads(path.read_text())["files"]
            put(name, json.dumps({k: {"what": v["what"], "keras": v["keras"]["outcome"]} for k, v in rows.items()}, indent=0))
        elif "/" in name or name == "minimal.json":
            whole = json.loads(path.read_text())
            if name == "minimal.json":
                put(name, json.dumps(whole, indent=0))
            else:
                put(name, json.dumps({k: whole[k] for k in KEPT if k in whole}, indent=0))
