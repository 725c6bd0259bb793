package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.terminal.config.Conf;
import kith.terminal.keys.Action;
import kith.terminal.layout.Panes;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.net.ConnectionState;

/// The settings with their values: those of this client, and the account's rules of notifications,
/// which the server keeps.
final class SettingsList {
  /// A setting of this client.
  ///
  /// @param action changes it to the next value
  private record Local(Action action, String label, List<String> values) {
    Local(Action action, String label, String... values) {
      this(action, label, List.of(values));
    }
  }

  private static final List<Local> LOCAL =
      List.of(
          new Local(Action.DO_NOT_DISTURB, "notify in this terminal", "on", "off"),
          new Local(Action.MUTE, "notify about this room", "on", "muted"),
          new Local(Action.THEME, "colours", Conf.THEMES),
          new Local(Action.MOUSE, "mouse clicks and wheel", "on", "off"),
          new Local(Action.ROOMS_PANE, "rooms on the left", "shown", "hidden"),
          new Local(Action.MEMBERS_PANE, "members on the right", "shown", "hidden"),
          new Local(Action.SPLIT, "rooms shown at once", "one", "two"));

  private SettingsList() {}

  static void open(StepBuilder step) {
    var room = step.current.orElse("");
    step.overlay = new Overlay.Pick(Picker.loading(Kind.SETTINGS, room).with(local(step.model())));
    load(step);
  }

  /// Requests the rules that the server stores.
  static void load(StepBuilder step) {
    if (step.connection instanceof ConnectionState.Online && step.offers("push"))
      step.request(new Request.Items(Kind.SETTINGS, step.current.orElse("")));
  }

  /// The settings of this client precede those of the server.
  static List<Item> withLocal(Model model, List<Item> rules) {
    return Stream.concat(local(model).stream(), rules.stream()).toList();
  }

  private static List<Item> local(Model model) {
    var items = new ArrayList<Item>();
    for (var it : LOCAL)
      value(model, it.action())
          .ifPresent(value ->
              items.add(
                  new Item(it.action().configName(), it.label(), Item.value(value, it.values()))));
    return items;
  }

  /// The present value of the setting that an action changes; absent if it changes none.
  static Optional<String> value(Model model, Action action) {
    var settings = model.settings();
    var panes = Panes.of(model);
    return switch (action) {
      case DO_NOT_DISTURB -> Optional.of(settings.preferences().isQuiet() ? "off" : "on");
      case MUTE -> model.currentRoom().map(room -> room.listing().isMuted() ? "muted" : "on");
      case THEME -> Optional.of(settings.theme());
      case MOUSE -> Optional.of(settings.hasMouse() ? "on" : "off");
      case ROOMS_PANE -> Optional.of(panes.rooms() > 0 ? "shown" : "hidden");
      case MEMBERS_PANE -> Optional.of(panes.members() > 0 ? "shown" : "hidden");
      case SPLIT -> Optional.of(Panes.wanted(model).isPresent() ? "two" : "one");
      default -> Optional.empty();
    };
  }

  /// The list stays open, with the new value.
  static void take(StepBuilder step, Picker picker, Item item) {
    var action =
        LOCAL.stream()
            .map(Local::action)
            .filter(it -> it.configName().equals(item.id()))
            .findFirst();
    if (action.isEmpty()) {
      change(step, item);
      return;
    }
    ChatActions.act(step, action.get());
    if (!(step.overlay instanceof Overlay.Pick)) return;
    var rules =
        picker.items().orElse(List.of()).stream().filter(it -> it.id().startsWith("/")).toList();
    step.overlay = new Overlay.Pick(picker.with(withLocal(step.model(), rules)));
  }

  /// Changes a setting of the server, or lets the user edit the command that does.
  static void change(StepBuilder step, Item item) {
    if (!item.needsText()) {
      SubmittedLine.run(step, item.id());
      load(step);
      return;
    }
    step.overlay = new Overlay.None();
    var command = item.id().substring(1).split(" ", 2)[0];
    CommandPalette.begin(step, item.id(), usage(command));
  }

  private static String usage(String command) {
    return SubmittedLine.usages().getOrDefault(command, "/" + command);
  }
}
