from guidelines.models.actor import Actor
from guidelines.models.guideline import Guideline, Theme
from guidelines.models.instruction import Basis, Instruction, InstructionQuerySet, Obligation
from guidelines.models.situation import Situation, SituationStep

__all__ = [
    "Actor",
    "Basis",
    "Guideline",
    "Instruction",
    "InstructionQuerySet",
    "Obligation",
    "Situation",
    "SituationStep",
    "Theme",
]
