package kith.terminal.update;

import java.util.Optional;
import kith.protocol.frame.ClientFrame;
import kith.terminal.keys.Action;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Deed;
import kith.terminal.plain.Line;

/// What is asked about first, since it cannot be undone.
final class Deeds {
  private Deeds() {}

  static void ask(Draft draft, Deed deed) {
    draft.overlay = new Overlay.Confirm(deed);
  }

  static void act(Draft draft, Deed deed, Action action) {
    switch (action) {
      case SEND -> carryOut(draft, deed);
      case CANCEL, INTERRUPT -> draft.overlay = new Overlay.None();
      default -> {}
    }
  }

  private static void carryOut(Draft draft, Deed deed) {
    draft.overlay = new Overlay.None();
    switch (deed) {
      case Deed.Remove(var room, var seq, _) ->
          Outgoing.post(
              draft, new ClientFrame.Redact(draft.moment.id(), room, seq, Optional.empty()));
      case Deed.Part(var user) ->
          Acquainting.ask(draft, Acquainting.contact(Line.Deed.REMOVE, user));
      case Deed.Drop(var room, var id, _) -> Outgoing.drop(draft, room, id);
    }
  }
}
