"""Where Django's Korean formats are not what a Korean writes."""

DATETIME_FORMAT = "Y년 n월 j일 A g:i"
