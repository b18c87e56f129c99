"""What the actions do, by noun: functions of the desk."""
