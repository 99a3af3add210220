"""What a plan is and how it is stored. No Qt here, and the only floor that knows SQL."""
