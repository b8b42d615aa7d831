// Citizens' pages work without this. It keeps what was typed on this phone, shares, groups digits and says when offline.
