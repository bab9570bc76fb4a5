"""Words, French and English, so wide that they say nothing of what is to be done."""


def _words(english: str, french: str) -> frozenset[str]:
    return frozenset(f"{english} {french}".split())


SMALL = _words(
    "a an the our its it their this that these those of for in on at to with and or all any some more better"
    " further into about from by as we is are was be us them they there so also even again overall general"
    " internal current existing whole possible potential properly closely regularly happen happens happened"
    " situation problem problems issue issues incident incidents outage thing things topic matter needed"
    " necessary root cause causes robust reliable resilient stable safe safer faster easier simpler clearer",
    "le la les l un une des du de d nos notre son sa ses leur leurs ce c cet cette ces ceci cela ca en a au"
    " aux et ou dans sur pour par avec plus mieux tout toute tous toutes est sont ete etre s se qui que qu"
    " passe passee y il elle on nous possible possibles generale interne internes actuel actuelle global"
    " globale globalement probleme problemes sujet sujets chose choses question panne cours meilleur"
    " meilleure meilleurs meilleures regulierement necessaire"
    " cote robuste robustes fiable fiables stable stables sur surs sure sures simple simples rapide rapides",
)
"""Words that bound nothing: small ones, and those under which anything may be understood."""

CARES = _words(
    "monitoring alerting observability documentation communication reliability resilience resiliency"
    " robustness stability performance security quality visibility maintainability scalability availability"
    " awareness collaboration automation testing tests",
    "supervision surveillance observabilite communication fiabilite resilience robustesse stabilite"
    " performance performances securite qualite visibilite disponibilite collaboration automatisation",
)
"""What there can always be more of."""

MORE_OF = CARES | _words("alerts logs logging reviews runbooks governance", "alertes revues gouvernance")
"""What people ask for more of, or a better kind."""

BURDENS = _words("noise toil debt risk risks complexity", "bruit dette risque risques complexite")
"""What there can always be less of."""

SUBJECTS = CARES | _words(
    "alerts logs logging process processes procedure procedures system systems service services application"
    " applications platform infrastructure architecture configuration code team teams option options"
    " alternative alternatives deployment deployments operations training",
    "alertes processus procedures systeme systemes applications plateforme equipe equipes solutions"
    " alternatives deploiement deploiements logs formation pistes evolution",
)
"""Subjects so wide that their name alone says nothing of what is to be done."""

AGAIN = _words(
    "does doesn do don did not t no never will won should can such like kind kinds type sort mistake mistakes"
    " error errors failure failures outages similar same happening recur recurs recurring recurrence occur"
    " occurs occurring occurrence reoccur repeat repeated repeating future anymore ever next time",
    "ne n pas plus jamais genre sorte erreur erreurs pannes reproduise reproduisent reproduire repete"
    " repetent arrive arrivent avenir nouveau fois prochaine meme memes puisse similaire similaires",
)
"""Words of a wish that what happened does not happen again."""

QUESTIONS = _words(
    "why whether how what which where when who if", "pourquoi comment si quel quelle quand ou qui"
)
