"""Every screen and dialog as a picture, looked over: see `tests.pictures.command`."""

from tests.pictures.command import main

if __name__ == "__main__":
    raise SystemExit(main())
