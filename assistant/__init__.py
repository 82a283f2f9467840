"""Madoguchi: what happens if I bring this card?"""
