package kith.terminal.command;

import java.util.Locale;
import kith.terminal.keys.Keys;

/// The manual page, as roff.
final class Manual {
  private Manual() {}

  static String page() {
    var page = new StringBuilder();
    page.append(".\\\" Made by: ./kith help man\n");
    page.append(".TH KITH 1 \"\" \"Kith\" \"Kith\"\n");
    page.append(".SH NAME\nkith \\- chat for people who run their own\n");
    page.append(".SH SYNOPSIS\n.B kith\n.I COMMAND\n[\\fIARGUMENT\\fR ...]\n");
    page.append(".SH COMMANDS\n");
    Commands.create()
        .getSubcommands()
        .forEach((name, command) -> {
          var words = command.getCommandSpec().usageMessage().description();
          page.append(".TP\n.B ").append(name).append('\n');
          page.append(escaped(String.join(" ", words))).append('\n');
        });
    page.append(".TP\n.B node\nRun a node.\n");
    page.append(".TP\n.B bench\nLoad a node, and verify while measuring.\n");
    for (var topic : Topics.all(Keys.preset("default"))) section(page, topic);
    return page.toString();
  }

  private static void section(StringBuilder page, Topics.Topic topic) {
    page.append(".SH ").append(topic.name().toUpperCase(Locale.ROOT)).append('\n');
    page.append(escaped(topic.summary())).append("\n.PP\n");
    boolean isTable = false;
    boolean isFile = topic.name().equals("config");
    for (var line : topic.text().lines().toList()) {
      boolean isRow = isFile || line.startsWith("  ");
      if (isRow != isTable) page.append(isRow ? ".nf\n" : ".fi\n");
      isTable = isRow;
      if (line.isBlank()) page.append(isTable ? "\n" : ".PP\n");
      else page.append(escaped(line)).append('\n');
    }
    if (isTable) page.append(".fi\n");
  }

  private static String escaped(String line) {
    var safe = line.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
