"""What pyproject.toml cannot say: two folders beside the package are installed within it."""

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

DATA = {"playground.assets": "assets", "playground.checkpoints": "checkpoints"}


class BuildWithData(build_py):
    """Install of these two folders the data alone, not the scripts that made them."""

    def find_package_modules(self, package, package_dir):
        """Return the modules of a package, of which a folder of data has none."""
        return [] if package in DATA else super().find_package_modules(package, package_dir)


setup(
    packages=[*find_packages(include=["playground*"]), *DATA],
    package_dir=DATA,
    cmdclass={"build_py": BuildWithData},
)
