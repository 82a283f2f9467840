"""What follows when somebody shows a paper on a day: facts, dated tables, decisions. Standard library only."""
