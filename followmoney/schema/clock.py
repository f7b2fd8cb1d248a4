"""How long a minute, an hour and a day are in the unit of times: microseconds."""

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
