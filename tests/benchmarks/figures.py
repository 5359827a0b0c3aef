"""Figures of several runs, and the goals that they are held to."""
import statistics


def figure(values, digits=3):
    return {"median": round(statistics.median(values), digits), "min": round(min(values), digits), "max": round(max(values), digits),
            "runs": len(values)}


def at_least(value, goal):
    return {"value": value, "goal": f">= {goal}", "met": value >= goal}


def at_most(value, goal):
    return {"value": value, "goal": f"<= {goal}", "met": value <= goal}


def goals(report):
    inbound, deliveries, memory = report["inbound"], report["deliveries"], report["memory"]
    made = {f"inbound_ratio_{connections}": at_least(inbound[connections]["ratio"]["median"], 0.15) for connections in inbound}
    made["p99_ms_at_half_load"] = at_most(report["latency"]["p99_ms"]["median"], 50)
    made["decide_us_per_turn"] = at_most(report["decide_us"]["decide/turn"]["median"], 5)
    made["deliveries_per_second"] = at_least(deliveries["per_second"]["median"], 8_000)
    made["healthy_share_with_10_percent_hanging"] = at_least(report["isolation"]["ratio"]["median"], 0.6)
    made["memory_mb_beyond_cache"] = at_most(memory["beyond_cache_mb"]["median"], 100)
    made["ready_seconds"] = at_most(memory["ready_seconds"]["median"], 2)
    return made
