"""What can be done with a plan: check, roll up, lay out forms, export, import. No Qt and no SQL."""
