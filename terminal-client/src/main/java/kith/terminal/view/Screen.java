package kith.terminal.view;

import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;

/// Draws the model. The same model always gives the same screen.
public final class Screen {
  private Screen() {}

  public static Canvas draw(Model model) {
    var canvas = new Canvas(model.size());
    var brush = new Brush(canvas, Theme.named(model.settings().theme()));
    if (model.size().isTooSmall()) {
      brush.text(0, 0, model.size().columns(), "Kith needs 40×10.", Tone.PLAIN);
    } else if (model.form().isPresent()) {
      FormView.draw(brush, model, model.form().get());
    } else {
      chat(brush, model);
    }
    return canvas;
  }

  private static void chat(Brush brush, Model model) {
    var panes = Panes.of(model);
    if (panes.rooms() > 0) {
      RoomsPane.draw(brush, model, panes);
      brush.border(panes.rooms(), 0, panes.bodyRows() + 1);
    }
    if (panes.members() > 0) {
      MembersPane.draw(brush, model, panes);
      brush.border(panes.membersLeft() - 1, 0, panes.bodyRows() + 1);
    }
    TimelinePane.draw(brush, model, panes);
    StatusLine.draw(brush, model, panes);
    EditorPane.draw(brush, model, panes);
    switch (model.overlay()) {
      case Overlay.None(), Overlay.Find _, Overlay.MessageMenu _, Overlay.Completions _ -> {}
      case Overlay.Confirm(var deed) -> ConfirmView.draw(brush, model, deed);
      case Overlay.Help help -> HelpView.draw(brush, model.settings().keys(), help);
      case Overlay.ContactList(var chosen) -> ContactsView.draw(brush, model, chosen);
      case Overlay.Pick(var picker) -> PickerView.draw(brush, model, picker);
      case Overlay.ChangePassword(var form) -> FormView.draw(brush, model, form);
      case Overlay.SearchAll(var search) -> SearchView.draw(brush, model, search);
      case Overlay.Preview preview -> PreviewView.draw(brush, model, preview);
      case Overlay.Palette palette -> PaletteView.draw(brush, model, palette);
    }
  }
}
