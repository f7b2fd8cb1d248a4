"""A world of any size: people, firms, shops and their money, with schemes planted in it and the truth kept."""
