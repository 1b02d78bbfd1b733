"""The versions of the instructions that ChatGPT answers by: kept as rows, one of them in force."""
