"""What a finished file was made from, so that it is made again only where that differs."""

from report.model.checksum import checksum
from report.model.document import Document
from report.model.drawing import identity
from report.model.ingredients import Ingredients
from report.renderers import Renderer
from report.software import programs, programs_of_source


def of_source(document: Document) -> Ingredients:
    """What the document itself is made from, as it is handed out for Quarto."""
    return Ingredients(_of_document(document), programs_of_source())


def of_rendered(document: Document, form: str, renderer: Renderer) -> Ingredients:
    """What the document is made from in a format. Raises RenderError where the renderer is
    missing."""
    files = renderer.only_for(document, form).reads()
    return Ingredients(
        _of_document(document), {"format": form, **programs(renderer.versions()), **files}
    )


def _of_document(document: Document) -> dict[str, str]:
    said = {
        "name": document.name,
        "audience": document.audience,
        "text": checksum(document.text.encode()),
        "language": document.language,
        "look": document.look,
        "date": str(document.epoch),
        "draft notice": document.draft_notice,
        "brand": document.brand.state if document.brand else "",
    }
    return said | {path: identity(asset) for path, asset in document.assets.items()}
