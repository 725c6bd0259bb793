package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import kith.protocol.rest.Webhooks.Webhook;

/// Webhooks as lines of text.
public final class WebhookLines {
  private WebhookLines() {}

  /// `w7xm… active #17 https://build.example.org/kith message,edited by ann`, and the reason why it
  /// receives nothing.
  public static List<String> of(Webhook hook) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s %s  #%d  %s  %s  by %s"
            .formatted(
                hook.webhook(),
                hook.state(),
                hook.position(),
                Sanitizer.line(hook.url()),
                String.join(",", hook.kinds()),
                Sanitizer.line(hook.by())));
    hook.reason().ifPresent(reason -> lines.add("    " + Sanitizer.line(reason) + since(hook)));
    return lines;
  }

  private static String since(Webhook hook) {
    var times = new ArrayList<String>();
    hook.since().ifPresent(at -> times.add("since " + LocalTime.text(at)));
    if (hook.failures() > 0) times.add(hook.failures() + " failed requests");
    hook.nextTry().ifPresent(at -> times.add("next one after " + LocalTime.text(at)));
    return times.isEmpty() ? "" : " (" + String.join(", ", times) + ")";
  }
}
