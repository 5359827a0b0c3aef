"""Figures of several runs, and the goals that they are held to."""
import statistics


def figure(values, digits=3):
    return {name: round(of(values), digits) for name, of in (("median", statistics.median), ("min", min), ("max", max))}


def at_least(value, goal):
    return {"value": value, "goal": f">= {goal}", "met": value >= goal}


def at_most(value, goal):
    return {"value": value, "goal": f"<= {goal}", "met": value <= goal}


# Under which part of the report a goal's figure stands, the goal, and whether the figure is to be above or below it.
GOALS = {
    "inbound_ratio_64": (("inbound", "64", "ratio"), at_least, 0.15),
    "inbound_ratio_256": (("inbound", "256", "ratio"), at_least, 0.15),
    "p99_ms_at_half_load": (("latency", "p99_ms"), at_most, 50),
    "decide_us_per_turn": (("decide_us", "decide/turn"), at_most, 5),
    "deliveries_per_second": (("deliveries", "per_second"), at_least, 8_000),
    "healthy_share_with_10_percent_hanging": (("isolation", "ratio"), at_least, 0.6),
    "memory_mb_beyond_cache": (("memory", "beyond_cache_mb"), at_most, 100),
    "ready_seconds": (("memory", "ready_seconds"), at_most, 2),
}


def goals(report):
    """The goals of everything that was measured."""
    made = {}
    for name, (path, judge, goal) in GOALS.items():
        if path[0] not in report:
            continue
        found = report
        for key in path:
            found = found[key]
        made[name] = judge(found["median"], goal)
    return made
