package kith.terminal.net;

import java.util.Optional;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// What a session does about history questions: asked once per connection until answered.
final class Questions {
  private Questions() {}

  static void ask(SessionDraft draft, ClientFrame.History question) {
    if (draft.asked.size() >= SessionModel.MOST_QUESTIONS) {
      draft.emit(
          new SessionEvent.NoPage(
              question.id(), question.room(), Code.RATE_LIMITED.wire(), "Too many at once."));
      return;
    }
    draft.asked.put(question.id(), question);
    if (draft.link instanceof Link.Live) draft.transmit(question);
  }

  static void repeat(SessionDraft draft) {
    draft.asked.values().forEach(draft::transmit);
  }

  static void answered(SessionDraft draft, ServerFrame.Page page) {
    if (draft.asked.remove(page.id()) == null) return;
    draft.emit(new SessionEvent.Page(page.id(), page.room(), page.entries(), page.more()));
  }

  static void refused(SessionDraft draft, ServerFrame.Problem problem, String id) {
    Optional.ofNullable(draft.asked.remove(id))
        .ifPresent(question ->
            draft.emit(
                new SessionEvent.NoPage(id, question.room(), problem.code(), problem.message())));
  }
}
