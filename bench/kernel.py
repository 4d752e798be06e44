# How fast kernels answer one who types: JUPYTER python bench/kernel.py [ROUNDS] [KERNEL …], where jupyter_client is installed.
# In turns, each round with a kernel of its own: from the start until it is ready, the first cell, then, a second later (as long as
# one takes to read the result and type), the first completion and the first hover; then the next cell, and the median of ten of each.
# Kernels: .net-csharp (ours, after `workbook jupyter install`), python3 (ipykernel), or any other name of `jupyter kernelspec list`.
# Prints medians in milliseconds, and the ratio of the first kernel to each; nan where a kernel gives no answer within 20 seconds.
import queue, statistics, sys, time
from jupyter_client.manager import KernelManager

rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
kernels = sys.argv[2:] or [".net-csharp", "python3"]
CSHARP = ('var text = "a";', "text.", "text.Length", "var next = 1;")
PYTHON = ('text = "a"', "text.", "text.upper", "later = 1")

def measure(name):
    started = time.perf_counter()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=120)
    times = {"ready": time.perf_counter() - started}
    first, completed, hovered, following = PYTHON if manager.kernel_spec.language == "python" else CSHARP

    def ask(send, *arguments, **options):
        begun = time.perf_counter()
        sent = send(*arguments, **options)
        while True:
            reply = client.get_shell_msg(timeout=20)
            if reply["parent_header"].get("msg_id") == sent:
                assert reply["content"]["status"] == "ok", reply["content"]
                return time.perf_counter() - begun, reply["content"]

    def complete():
        taken, content = ask(client.complete, completed, len(completed))
        assert len(content["matches"]) > 10, content
        return taken

    def hover():
        try:
            taken, content = ask(client.inspect, hovered, len(hovered) - 2)
        except queue.Empty:
            return float("nan")
        assert content["found"], content
        return taken

    try:
        times["first cell"] = ask(client.execute, first, allow_stdin=True)[0]
        time.sleep(1)
        times["first completion"], times["first hover"] = complete(), hover()
        times["next cell"] = ask(client.execute, following, allow_stdin=True)[0]
        times["completion"] = statistics.median(complete() for _ in range(10))
        if times["first hover"] == times["first hover"]: times["hover"] = statistics.median(hover() for _ in range(10))
        else: times["hover"] = float("nan")
        return times
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)

taken = {name: [] for name in kernels}
for _ in range(rounds):
    for name in kernels:
        taken[name].append(measure(name))
print("ms".ljust(18), *(name.rjust(16) for name in kernels), *(f"/ {name}".rjust(16) for name in kernels[1:]))
for what in taken[kernels[0]][0]:
    medians = [1000 * statistics.median(times[what] for times in taken[name]) for name in kernels]
    print(what.ljust(18), *(f"{m:16.1f}" for m in medians), *(f"{medians[0] / m:16.2f}" for m in medians[1:]))
