"""When visitors are busy, free, or would rather not: painted on a grid."""
