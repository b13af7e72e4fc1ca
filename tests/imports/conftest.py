from tests.imports.support import home

__all__ = ["home"]
