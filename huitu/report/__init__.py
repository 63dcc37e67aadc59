"""Reports for people: a document with its names, relations and evidence as a page for any browser (报告)."""

from huitu.report.files import Reports
from huitu.report.page import render

__all__ = ["Reports", "render"]
