package kith.terminal.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.net.AdministrationCalls;
import kith.terminal.plain.AdministrationLines;
import kith.terminal.plain.Sanitizer;
import kith.terminal.update.AdministrationActions;

/// Loads the lists of `/admin`.
final class AdministrationItems {
  private AdministrationItems() {}

  /// @param about the text of a search, or the subject of a list of actions
  static List<Item> of(AdministrationCalls calls, Kind kind, String about) {
    return switch (kind) {
      case ADMIN -> {
        var maintenance = calls.maintenance();
        yield AdministrationActions.menu(
            maintenance.on(), AdministrationLines.summary(maintenance));
      }
      case ACCOUNTS ->
          calls.accounts(about).accounts().stream()
              .map(it -> new Item(it.user(), it.user(), AdministrationLines.summary(it)))
              .toList();
      case ACCOUNT -> ofAccount(calls, about);
      case ALL_ROOMS ->
          calls.rooms(about).rooms().stream()
              .map(it ->
                  new Item(it.room(), Sanitizer.line(it.name()), AdministrationLines.summary(it)))
              .toList();
      case ANY_ROOM ->
          calls.rooms(about).rooms().stream()
              .filter(it -> it.room().equals(about))
              .flatMap(it -> ofRoom(Sanitizer.line(it.name()), it.archived().orElse(false)))
              .toList();
      case NETWORK_BANS -> {
        var items = new ArrayList<Item>();
        items.add(new Item(AdministrationActions.NEW, "ban a network …", ""));
        calls
            .bans()
            .bans()
            .forEach(it ->
                items.add(new Item(it.network(), it.network(), AdministrationLines.summary(it))));
        yield items;
      }
      case ANNOUNCEMENTS -> {
        var items = new ArrayList<Item>();
        items.add(new Item(AdministrationActions.NEW, "announce something …", ""));
        calls
            .announcements()
            .announcements()
            .forEach(it ->
                items.add(
                    new Item(
                        String.valueOf(it.number()),
                        Sanitizer.line(it.text()),
                        AdministrationLines.summary(it))));
        yield items;
      }
      default -> throw new IllegalStateException("not of administrators: " + kind);
    };
  }

  private static List<Item> ofAccount(AdministrationCalls calls, String user) {
    var account = calls.account(user);
    return List.of(
        new Item(AdministrationActions.SHOW, "show", AdministrationLines.summary(account)),
        account.disabled()
            ? new Item(AdministrationActions.ENABLE, "enable", "it can be used again")
            : new Item(AdministrationActions.DISABLE, "disable", "its messages stay"),
        new Item(AdministrationActions.END_DEVICES, "log out all devices", ""),
        new Item(AdministrationActions.RESET_PASSWORD, "code for a new password", "shown once"));
  }

  private static Stream<Item> ofRoom(String name, boolean isArchived) {
    return Stream.of(
        new Item(AdministrationActions.TAKE_OVER, "make a member its owner", name),
        isArchived
            ? new Item(AdministrationActions.UNARCHIVE, "open it again", name)
            : new Item(AdministrationActions.ARCHIVE, "archive it, so that nothing changes", name),
        new Item(AdministrationActions.DELETE, "delete it for good", name));
  }
}
