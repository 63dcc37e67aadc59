"""The bundle: one folder or archive that installs and runs Huitu on a machine without a network."""

from __future__ import annotations

from huitu.bundle.make import BundleError, NoSources, NoWheels, TargetExists, UnsafeName, write_bundle

__all__ = ["BundleError", "NoSources", "NoWheels", "TargetExists", "UnsafeName", "write_bundle"]
