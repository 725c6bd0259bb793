package kith.terminal.net;

import java.util.List;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;

/// What a session tells of who looks on here, and asks of who else is there.
final class Companies {
  private Companies() {}

  /// A room has to be open before its members can be watched.
  static void watch(SessionDraft draft) {
    var watch = draft.company.watch();
    if (watch.isEmpty() || draft.company.isSaid()) return;
    if (watch.get().room().isPresent() && !isOpen(draft, watch.get().room().get())) return;
    draft.transmit(watch.get());
    draft.company = draft.company.said(true);
  }

  private static boolean isOpen(SessionDraft draft, String room) {
    var place = draft.rooms.get(room);
    return place != null && place.isOpen();
  }

  static void typing(SessionDraft draft, String room) {
    if (draft.link instanceof Link.Live && isOpen(draft, room)) {
      draft.transmit(new ClientFrame.Typing(room));
    }
  }

  static void count(SessionDraft draft, String room, long seq) {
    if (draft.link instanceof Link.Live && isOpen(draft, room)) {
      draft.transmit(new ClientFrame.Receipts(room, List.of(seq)));
    }
  }

  static void idle(SessionDraft draft, boolean is) {
    draft.company = draft.company.idle(is);
    if (draft.link instanceof Link.Live) say(draft, is ? Status.IDLE : Status.ONLINE);
  }

  /// A fresh connection is taken for one that somebody sits at.
  static void welcomed(SessionDraft draft) {
    draft.company = draft.company.said(false);
    if (draft.company.isIdle()) say(draft, Status.IDLE);
  }

  private static void say(SessionDraft draft, Status status) {
    draft.transmit(new ClientFrame.ChangeStatus(status));
  }
}
