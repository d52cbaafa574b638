"""Answers: views make a report of one, layout sets it in lines, renderers write it for people or programs."""
