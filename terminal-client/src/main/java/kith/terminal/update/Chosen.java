package kith.terminal.update;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.layout.Blocks;
import kith.terminal.layout.Markup;

/// What can be done with what was said long ago: found, copied, opened.
final class Chosen {
  static final Map<String, String> USAGES = new LinkedHashMap<>();

  static {
    USAGES.put("find", "/find WORDS  look for words here");
    USAGES.put("date", "/date DAY  go to 2026-11-03, today, yesterday, monday or 3 days ago");
    USAGES.put("unread", "/unread  unread again, from the selected message or the latest on");
    USAGES.put("to-unread", "/to-unread  go to the unread line");
    USAGES.put("latest", "/latest  go to the latest");
    USAGES.put("open", "/open  open the latest link");
    USAGES.put("editor", "/editor [TEXT]  write in $VISUAL or $EDITOR");
  }

  private Chosen() {}

  static void act(Draft draft, Entry.Message message, Action action) {
    var text = Blocks.text(message);
    if (action == Action.COPY) {
      draft.want(new Request.Copy(text));
      draft.say("Copied, if your terminal allows that.");
    } else {
      Markup.link(text)
          .ifPresentOrElse(
              link -> open(draft, link), () -> draft.say("There is no link in this message."));
    }
  }

  private static void open(Draft draft, String link) {
    draft.want(new Request.OpenLink(link));
    draft.say("Opening " + link);
  }

  /// @return whether it is a command and could be done
  static boolean command(Draft draft, String name, String rest) {
    var usage = Optional.ofNullable(USAGES.get(name.substring(1)));
    if (usage.isEmpty()) return false;
    if (!isDone(draft, name, rest.strip())) {
      draft.complain("Like this: " + usage.get());
      return false;
    }
    return true;
  }

  private static boolean isDone(Draft draft, String name, String rest) {
    switch (name) {
      case "/find" -> {
        if (rest.isEmpty()) return false;
        Finding.search(draft, rest);
      }
      case "/date" -> {
        return Travel.toDay(draft, rest);
      }
      case "/unread" -> Seeing.markUnread(draft);
      case "/to-unread" -> Talk.act(draft, Action.TO_UNREAD);
      case "/latest" -> Talk.act(draft, Action.LATEST);
      case "/editor" -> draft.want(new Request.EditOutside(rest));
      default ->
          latestLink(draft)
              .ifPresentOrElse(
                  link -> open(draft, link),
                  () -> draft.say("There is no link in what is loaded."));
    }
    return true;
  }

  private static Optional<String> latestLink(Draft draft) {
    return draft.here().stream()
        .flatMap(room -> room.log().entries().reversed().stream())
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .flatMap(message -> Markup.link(Blocks.text(message)).stream())
        .findFirst();
  }
}
