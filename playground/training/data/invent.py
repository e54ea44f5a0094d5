"""Remember or invent: how far a run is kept from copying its pictures, in words."""

from playground.errors import unknown

# Shares of `TrainConfig.augment`. Copies among samples of 50 smileys: 83%, 12% and 0%.
SHARES = {"remember": 0.0, "invent": 0.3, "invent more": 0.6}
AUTO = "auto"
FEW = 200  # below this a run looks at each picture hundreds of times, and copies without help


def share(choice: str, pictures: int) -> float:
    """Return `TrainConfig.augment` for a choice; InputError for a word that is none.

    "auto" invents below 200 pictures. More is not the default, since the network has to learn the
    changed pictures, too, which leaves fewer updates for the true ones.
    """
    if choice == AUTO:
        choice = "invent" if pictures < FEW else "remember"
    if choice not in SHARES:
        raise unknown("choice of remembering or inventing", choice, (AUTO, *SHARES))
    return SHARES[choice]


def nearest(augment: float) -> str:
    """Return the choice nearest to this share."""
    return min(SHARES, key=lambda choice: abs(SHARES[choice] - augment))
