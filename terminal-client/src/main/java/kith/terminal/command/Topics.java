package kith.terminal.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import kith.protocol.Program;
import kith.terminal.config.ClientConf;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.update.SubmittedLine;

/// The topics of `./kith help`, which are also the sections of the manual page.
final class Topics {
  private static final List<String> WRITTEN =
      List.of(
          "start",
          "rooms",
          "servers",
          "people",
          "finding",
          "writing",
          "offline",
          "lines",
          "scripts",
          "themes",
          "mouse",
          "notifications",
          "files");

  private Topics() {}

  /// @param summary the first line
  record Topic(String name, String summary, String text) {

    @Override
    public String toString() {
      return summary + "\n\n" + text;
    }
  }

  /// @param keys the keys to list
  static List<Topic> all(Keymap keys) {
    var topics = new ArrayList<Topic>();
    WRITTEN.forEach(name -> topics.add(written(name)));
    topics.add(
        6, new Topic("keys", "The keys, their actions and the names of the actions.", keys(keys)));
    topics.add(7, new Topic("commands", "The slash commands.", commands()));
    topics.add(
        new Topic("config", "The settings in client.conf.", Program.named(ClientConf.sample())));
    return List.copyOf(topics);
  }

  static Optional<Topic> named(String name, Keymap keys) {
    return all(keys).stream().filter(topic -> topic.name().equals(name)).findFirst();
  }

  private static Topic written(String name) {
    var whole = read(name + ".txt");
    int end = whole.indexOf('\n');
    return new Topic(
        name,
        whole.substring(0, end),
        whole.substring(end).replaceFirst("^\n+", "").stripTrailing() + "\n");
  }

  private static String read(String file) {
    try (var in = Objects.requireNonNull(Topics.class.getResourceAsStream(file), file)) {
      return Program.named(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static String keys(Keymap keys) {
    var text = new StringBuilder();
    for (var layer : Layer.values()) {
      var lines =
          Arrays.stream(Action.values())
              .filter(action -> !keys.chords(layer, action).isEmpty())
              .map(action -> line(action, String.join(" ", keys.chords(layer, action))))
              .collect(Collectors.joining());
      if (lines.isEmpty()) continue;
      text.append(layer.heading().isEmpty() ? "" : "\n" + layer.heading() + "\n\n").append(lines);
    }
    text.append("\nKeys can be changed in client.conf; see: " + Program.NAME + " help config\n");
    return text.toString();
  }

  private static String line(Action action, String chords) {
    return "  %-18s %-46s %s%n".formatted(action.configName(), action.meaning(), chords);
  }

  private static String commands() {
    return SubmittedLine.usages().values().stream()
        .map(usage -> "  " + usage + "\n")
        .collect(Collectors.joining());
  }
}
