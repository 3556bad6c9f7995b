"""LibreOffice that accepts or refuses all changes of a document, as a person does by its menu."""

import subprocess
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
Sub Settle(source, command, target, kind)
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


def settled(file: Path, command: str, folder: Path, to: str) -> Path:
    """The document after a command ("" for none), in another format."""
    profile = folder / "profile"
    library = profile / "user" / "basic" / "Standard"
    if not library.exists():
        _office(profile, "--terminate_after_init")  # it fills a new profile, over what is there
        (library / "script.xlb").write_text(_LIBRARY, "utf-8")
        (library / "Changes.xba").write_text(_MODULE, "utf-8")
    target = folder / f"{file.stem}.{command or 'plain'}.{to}"
    arguments = ",".join((file.as_uri(), command, target.as_uri(), KINDS[to]))
    _office(profile, f"macro:///Standard.Changes.Settle({arguments})")
    assert target.is_file(), "LibreOffice did not write what it was asked for"
    return target


def _office(profile: Path, order: str) -> None:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*command, order], check=True, capture_output=True, timeout=240)
