"""The words, folded, that are values without a digit: none, all, unknown, a dozen, yes and no."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


NOTHING = _words("0 none no nil zero nothing aucun aucune non rien sans nul nulle neant")
YES = _words("yes y oui true vrai partial partially partiel partielle partiellement")
NO = NOTHING | _words("n false faux avoided prevented evite evitee evitees")
UNKNOWN = _words("unknown inconnu inconnue inconnus indetermine undetermined unclear")
EVERYBODY = _words("all every everyone everybody tous toutes tout toute entire ensemble")
COUNTS = _words(
    "one two three four five six seven eight nine ten dozen dozens half third quarter nobody",
    "hundred hundreds thousand thousands million millions cent cents mille millier milliers",
    "un une deux trois quatre cinq sept huit neuf dix dizaine dizaines douzaine quinzaine vingtaine",
    "trentaine quarantaine cinquantaine centaine centaines moitie tiers quart personne",
)
NOT_APPLICABLE = ("n a", "not ", "non ", "sans objet", "negligeable", "negligible", "gratuit", "free")
