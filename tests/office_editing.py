"""Drives a LibreOffice as a person at the keyboard would: run by the Python that has ``uno``, never imported.

Reads a list of acts as JSON from standard input, and writes what it finds out as JSON.
"""

import json
import subprocess
import sys

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

_FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}


def _property(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _connected(process, pipe):
    """The office's context, as soon as it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while process.poll() is None:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError("the office ended before it listened")


class Editor:
    def __init__(self, profile):
        pipe = f"diptych{abs(hash(profile))}"
        self.process = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                "--nologo",
                f"-env:UserInstallation={uno.systemPathToFileUrl(profile)}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        context = _connected(self.process, pipe)
        self.manager = context.ServiceManager
        self.context = context
        self.desktop = self.manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.document = None

    def author(self, given, family):
        provider = self.manager.createInstanceWithContext(
            "com.sun.star.configuration.ConfigurationProvider", self.context
        )
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            (_property("nodepath", "/org.openoffice.UserProfile/Data"),),
        )
        access.givenname, access.sn = given, family
        access.commitChanges()

    def open(self, path):
        url = uno.systemPathToFileUrl(path)
        self.document = self.desktop.loadComponentFromURL(url, "_blank", 0, (_property("Hidden", True),))

    def save(self, path):
        name = _FILTERS[path[path.rindex(".") :]]
        self.document.storeToURL(uno.systemPathToFileUrl(path), (_property("FilterName", name),))

    def close(self):
        self.document.close(True)

    def tracking(self, on):
        self.document.RecordChanges = on

    def is_tracking(self):
        return self.document.RecordChanges

    def _find(self, text):
        search = self.document.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = text, True
        found = self.document.findFirst(search)
        if found is None:
            raise LookupError(text)
        return found

    def insert(self, behind, text):
        found = self._find(behind)
        found.Text.insertString(found.End, text, False)

    def delete(self, text):
        self._find(text).setString("")

    def replace(self, text, other):
        self._find(text).setString(other)

    def paragraph(self, behind):
        found = self._find(behind)
        found.Text.insertControlCharacter(found.End, 0, False)

    def bold(self, text):
        self._find(text).CharWeight = 150.0

    def comment(self, on, author, text):
        found = self._find(on)
        made = self.document.createInstance("com.sun.star.text.textfield.Annotation")
        made.Author, made.Content = author, text
        found.Text.insertTextContent(found, made, True)

    def _table(self):
        return self.document.TextTables.getByIndex(0)

    def split(self, cell):
        self._table().createCursorByCellName(cell).splitRange(1, False)

    def merge(self, first, last):
        cursor = self._table().createCursorByCellName(first)
        cursor.gotoCellByName(last, True)
        cursor.mergeRange()

    def add_row(self, at):
        self._table().Rows.insertByIndex(at, 1)

    def remove_row(self, at):
        self._table().Rows.removeByIndex(at, 1)

    def add_column(self, at):
        self._table().Columns.insertByIndex(at, 1)

    def dress(self):
        table = self._table()
        table.BackColor = 0xFFEECC
        table.RepeatHeadline = False
        cursor = self.document.Text.createTextCursor()
        cursor.gotoEnd(True)
        cursor.CharFontName = "DejaVu Serif"

    def write(self, cell, text):
        found = self._table().getCellByName(cell)
        found.insertString(found.createTextCursor(), text, False)

    def cell(self, name):
        return self._table().getCellByName(name).String

    def quit(self):
        try:
            self.desktop.terminate()
            self.process.wait(20)
        finally:
            self.process.kill()


def main():
    editor = Editor(sys.argv[1])
    answers = []
    try:
        for name, *values in json.load(sys.stdin):
            answers.append(getattr(editor, name)(*values))
    finally:
        editor.quit()
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
