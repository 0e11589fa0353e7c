"""What a child process allows itself: set from inside, before it sees a byte of anybody's file."""

import resource


def limit_process(limits: dict[str, int]) -> None:
    """Set the limits that hold for the life of this process: memory, size of written files, open files."""
    for kind, value in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def allow_cpu(seconds: int) -> None:
    """Grant one file its CPU seconds: the limit counts the life of the process, which reads many files."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
