"""The plain script's reading of a VPN log, and the figures that it makes of it."""

import hmac
import re
from pathlib import Path

import pandas as pd


def hidden(people: pd.Series) -> pd.Series:
    """Names as keyed hashes."""
    names = people.dropna().unique()
    hashes = {n: hmac.digest(b"key", n.lower().encode(), "sha256").hex()[:32] for n in names}
    return people.map(hashes)


def sessions(path: Path) -> pd.DataFrame:
    """The sessions and failed tries of a VPN log, a line of keys and values each."""
    keys = ["date", "time", "tz", "action", "user", "remip", "duration"]
    pair = re.compile(r'(\w+)=(?:"([^"]*)"|(\S*))')
    rows = [
        {key: quoted or plain for key, quoted, plain in pair.findall(line)}
        for line in path.read_text().splitlines()
        if 'action="tunnel-down"' in line or 'action="ssl-login-fail"' in line
    ]
    return pd.DataFrame(rows, columns=keys)


def connected(vpn: pd.DataFrame) -> pd.DataFrame:
    """Sessions with their London day and their seconds; those at once are added up."""
    ended = pd.to_datetime(
        vpn["date"] + "T" + vpn["time"] + vpn["tz"], errors="coerce", utc=True, format="ISO8601"
    )
    vpn["Seconds"] = pd.to_numeric(vpn["duration"], errors="coerce").fillna(0)
    vpn["Ended"] = ended.dt.tz_convert("Europe/London")
    vpn["Began"] = vpn["Ended"] - pd.to_timedelta(vpn["Seconds"], unit="s")
    vpn["Day"] = vpn["Began"].dt.strftime("%Y-%m-%d")
    vpn["Person"] = hidden(vpn["user"])
    return vpn


def most_at_once(sessions: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The most sessions at once of each day."""
    comes = sessions[[*by, "Began"]].rename(columns={"Began": "At"}).assign(Change=1)
    goes = sessions[[*by, "Ended"]].rename(columns={"Ended": "At"}).assign(Change=-1)
    changes = pd.concat([comes, goes]).sort_values([*by, "At", "Change"])
    changes["At once"] = changes.groupby(by)["Change"].cumsum()
    return changes.groupby(by)["At once"].max().to_frame()


def failed_attempts(tries: pd.DataFrame) -> pd.DataFrame:
    """Attempts to connect and how many failed: tries within five minutes are one attempt."""
    tries = tries.sort_values(["Person", "Began"])
    later = tries.groupby("Person")["Began"].diff() > pd.Timedelta(minutes=5)
    tries["Attempt"] = later.groupby(tries["Person"]).cumsum()
    tries["Connected"] = tries["action"] == "tunnel-down"
    attempts = tries.groupby(["Person", "Attempt"]).agg(
        Month=("Month", "first"), Directorate=("Directorate", "first"), Good=("Connected", "any")
    )
    return attempts.groupby(["Month", "Directorate"])["Good"].agg(["count", "sum"])
