"""Write the files of an earlier version again: the same bytes as on the day."""

from __future__ import annotations

from app.document.folders import pack_of
from app.errors import Refused
from app.exchange.folder import check_folder, write_folder
from app.models.publication import Publication
from app.text import translate
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.saving import Saving, Tell, saved, watch
from app.ui.jobs import Job
from app.ui.publish.pages import SavePage
from app.ui.publish.place import proposed_folder, remember, wants_drafts
from app.words.refusals import sentence


class AgainDialog(Dialog):
    """Asks where to, and writes."""

    def __init__(self, desk: Desk, publication: Publication) -> None:
        self._title = translate("Write the files of version {number} again").format(number=publication.number)
        super().__init__(desk.window, self._title, self._title, width=640)
        self._desk, self._publication = desk, publication
        proposed = proposed_folder(desk, publication.number)
        self.save = SavePage(desk.look.theme, proposed, drafts=wants_drafts(desk))
        self.save.what.setText(
            translate("Every file comes out as it was published. Nothing new is recorded; nobody need be told again.")
        )
        self.body.addWidget(self.save)
        self.go = self.button(translate("&Write them"), self._write, main=True, closes=False)
        self.save.ready.connect(self.go.setEnabled)
        self.cancel_button(translate("Cancel"))
        self.save.folder.setFocus()

    def _write(self) -> None:
        desk, publication, out = self._desk, self._publication, self.save.out
        drafts, title = self.save.drafts.isChecked(), self._title
        try:
            check_folder(out)
        except Refused as refused:
            self.save.tell(sentence(refused))
            return
        remember(desk, out, drafts=drafts)
        plan = desk.now.plan

        def work(job: Job, tell: Tell) -> int:
            hear = watch(job, tell)
            files = pack_of(plan, publication, drafts=drafts, watch=hear).files
            write_folder(out, files, watch=hear)
            return len(files)

        def done(count: int) -> None:
            text = translate("{count} files of version {number} are written.").format(
                count=count, number=publication.number
            )
            desk.say(text)
            saved(desk.window, title, text, out)

        self.accept()
        Saving(desk.window, desk.jobs, title, work, done)
