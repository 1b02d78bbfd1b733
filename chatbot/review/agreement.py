"""How far two reviewers agree beyond chance."""

from collections import Counter


def kappa(pairs):
    """Cohen's kappa of `pairs`, the two verdicts on each reply; None where there are none or all are alike.

    Source: J. Cohen, A Coefficient of Agreement for Nominal Scales, 1960.
    """
    pairs = list(pairs)
    if not pairs:
        return None
    total = len(pairs)
    agreed = sum(one == other for one, other in pairs) / total
    ones, others = Counter(one for one, _other in pairs), Counter(other for _one, other in pairs)
    by_chance = sum(ones[value] * others[value] for value in ones) / total**2
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
