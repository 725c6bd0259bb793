package kith.terminal.update;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.layout.Blocks;
import kith.terminal.layout.Markup;
import kith.terminal.model.Picker;

/// Slash commands that only the full screen has, and actions on a selected message's text.
final class ScreenCommands {
  static final Map<String, String> USAGES = new LinkedHashMap<>();

  static {
    USAGES.put("find", "/find TEXT  search in this room");
    USAGES.put("date", "/date DAY  go to 2026-11-03, today, yesterday, monday or 3 days ago");
    USAGES.put("unread", "/unread  mark as unread from the selected or the latest message on");
    USAGES.put("read-all", "/read-all  mark all rooms as read, on all your devices");
    USAGES.put("to-unread", "/to-unread  go to the unread line");
    USAGES.put("latest", "/latest  go to the latest message");
    USAGES.put("members", "/members  choose a member to write to, or to change, remove or ban");
    USAGES.put("code", "/code [MESSAGE] [NUMBER]  copy the latest code block, or one of a message");
    USAGES.put("open", "/open  open the latest link");
    USAGES.put(
        "split",
        "/split [ROOM] [--beside | --below]  show another room too, side by side or one above the"
            + " other");
    USAGES.put("unsplit", "/unsplit  show one room again, that with the focus");
    USAGES.put("server", ServerActions.USAGE);
    USAGES.put("settings", "/settings  show the settings and change them");
    USAGES.put("learn", "/learn WORD  add a word to your dictionary, for the spell checker");
    USAGES.put("editor", "/editor [TEXT]  edit a draft in $VISUAL or $EDITOR");
  }

  /// The bytes of a copied text. Base64 adds a third, and terminals accept about 100,000 bytes.
  private static final int MAX_COPIED = 50_000;

  private ScreenCommands() {}

  static void act(StepBuilder step, Entry.Message message, Action action) {
    var text = Blocks.text(message);
    if (action == Action.COPY) {
      copy(step, text);
      return;
    }
    Markup.link(text)
        .ifPresentOrElse(
            link -> {
              if (action == Action.COPY_LINK) copy(step, link);
              else open(step, link);
            },
            () -> step.info("There is no link in this message."));
  }

  /// Programs on the other end of an ssh connection should not write to the clipboard unasked, so
  /// copying can be turned off, and terminals ignore long texts.
  static void copy(StepBuilder step, String text) {
    if (!step.conf.hasClipboard()) {
      step.error("Copying is off: clipboard in client.conf.");
    } else if (text.getBytes(StandardCharsets.UTF_8).length > MAX_COPIED) {
      step.error("This is too long to copy.");
    } else {
      step.request(new Request.Copy(text));
      step.info("Copied, if your terminal allows that.");
    }
  }

  private static void open(StepBuilder step, String link) {
    step.request(new Request.OpenLink(link));
    step.info("Opening " + link);
  }

  /// @return whether it is one of these commands and was executed
  static boolean command(StepBuilder step, String name, String rest) {
    var usage = Optional.ofNullable(USAGES.get(name.substring(1)));
    if (usage.isEmpty()) return false;
    if (!isDone(step, name, rest.strip())) {
      step.error("Usage: " + usage.get());
      return false;
    }
    return true;
  }

  private static boolean isDone(StepBuilder step, String name, String rest) {
    switch (name) {
      case "/find" -> {
        if (rest.isEmpty()) return false;
        Search.search(step, rest);
      }
      case "/date" -> {
        return HistoryJump.toDay(step, rest.toLowerCase(Locale.ROOT));
      }
      case "/members" -> {
        if (step.currentRoom().isEmpty()) return false;
        Pickers.open(step, Picker.Kind.MEMBERS, step.currentRoom().get().id());
      }
      case "/code" -> {
        return CodeBlocks.command(step, rest);
      }
      case "/split" -> {
        return Splits.command(step, rest);
      }
      case "/server" -> {
        return ServerActions.command(step, rest);
      }
      case "/settings" -> SettingsList.open(step);
      case "/learn" -> {
        return SpellCheck.learn(step, rest);
      }
      case "/unsplit" -> Splits.end(step);
      case "/unread" -> ReadTracking.markUnread(step);
      case "/read-all" -> ReadTracking.askToReadAll(step);
      case "/to-unread" -> ChatActions.act(step, Action.TO_UNREAD);
      case "/latest" -> ChatActions.act(step, Action.LATEST);
      case "/editor" -> step.request(new Request.EditExternally(rest));
      default ->
          latestLink(step)
              .ifPresentOrElse(
                  link -> open(step, link),
                  () -> step.info("There is no link in the loaded messages."));
    }
    return true;
  }

  private static Optional<String> latestLink(StepBuilder step) {
    return step.shownRoom().stream()
        .flatMap(room -> room.log().entries().reversed().stream())
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .flatMap(message -> Markup.link(Blocks.text(message)).stream())
        .findFirst();
  }
}
