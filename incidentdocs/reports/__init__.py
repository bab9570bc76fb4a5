"""What is reported about a library's action items, as models whose JSON form is a contract."""
