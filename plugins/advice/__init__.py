"""What could be better in content that has no fault: `advise` gives every piece of advice, `scores` how complete
each product is. Pure functions over the content; `placed` alone opens files, to say in which line something stands."""

from plugins.advice.advice import Advice
from plugins.advice.aspect import Aspect
from plugins.advice.everything import Surroundings, advise
from plugins.advice.place import placed
from plugins.advice.score import Score, scores

__all__ = ["Advice", "Aspect", "Score", "Surroundings", "advise", "placed", "scores"]
