"""LibreOffice that accepts or refuses all changes of a document, as a person does by its menu."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Changes"/>
</library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Changes"
 script:language="StarBasic">
Sub Settle(orders)
  number = FreeFile
  Open orders For Input As #number
  Do While Not EOF(number)
    Line Input #number, order
    parts = Split(order, Chr(9))
    Follow(parts(0), parts(1), parts(2), parts(3))
  Loop
  Close #number
End Sub

Sub Follow(source, command, target, kind)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = &quot;Hidden&quot; : hidden(0).Value = True
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = &quot;FilterName&quot; : filter(0).Value = kind
  document = StarDesktop.loadComponentFromURL(source, &quot;_blank&quot;, 0, hidden())
  If command &lt;&gt; &quot;&quot; Then
    dispatcher = createUnoService(&quot;com.sun.star.frame.DispatchHelper&quot;)
    frame = document.CurrentController.Frame
    dispatcher.executeDispatch(frame, &quot;.uno:&quot; &amp; command, &quot;&quot;, 0, Array())
  End If
  document.storeToURL(target, filter())
  document.close(True)
End Sub
</script:module>"""
ACCEPT, REJECT = "AcceptAllTrackedChanges", "RejectAllTrackedChanges"
KINDS = {"txt": "Text", "docx": "MS Word 2007 XML"}


def settle(orders: Sequence[tuple[Path, str, str]], folder: Path) -> None:
    """Documents after a command ("" for none), each in a format, beside the document."""
    profile = folder / "profile"
    library = profile / "user" / "basic" / "Standard"
    if not library.exists():
        _office(profile, "--terminate_after_init")  # it fills a new profile, over what is there
        (library / "script.xlb").write_text(_LIBRARY, "utf-8")
        (library / "Changes.xba").write_text(_MODULE, "utf-8")
    lines = [
        "\t".join((file.as_uri(), command, result(file, command, to).as_uri(), KINDS[to]))
        for file, command, to in orders
    ]
    (folder / "orders").write_text("\n".join(lines), "utf-8")
    _office(profile, f"macro:///Standard.Changes.Settle({(folder / 'orders').as_uri()})")
    missing = [order for order in orders if not result(*order).is_file()]
    assert not missing, "LibreOffice did not write what it was asked for"


def result(file: Path, command: str, to: str) -> Path:
    """What comes of an order."""
    return file.with_name(f"{file.stem}.{command or 'plain'}.{to}")


def _office(profile: Path, order: str) -> None:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*command, order], check=True, capture_output=True, timeout=540)
