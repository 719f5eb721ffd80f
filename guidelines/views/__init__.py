from guidelines.views.actors import actor, actor_list
from guidelines.views.guidelines import guideline, theme, theme_list
from guidelines.views.home import home
from guidelines.views.instructions import instruction_csv, instruction_finder
from guidelines.views.overview import overview
from guidelines.views.situations import situation, situation_list

__all__ = [
    "actor",
    "actor_list",
    "guideline",
    "home",
    "instruction_csv",
    "instruction_finder",
    "overview",
    "situation",
    "situation_list",
    "theme",
    "theme_list",
]
