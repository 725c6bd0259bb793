package kith.terminal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import kith.terminal.keys.Keys;

/// Reads `client.conf`.
///
/// The sample file on the classpath documents each key and provides the defaults, so the two cannot
/// differ. An error is a `BadConf` with the path of the setting.
public final class ClientConf {
  private static final String SAMPLE = "client.conf";

  private static final Pattern DICTIONARIES =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}(,[A-Za-z0-9][A-Za-z0-9_-]{0,31}){0,7}");

  private ClientConf() {}

  /// The defaults.
  public static Conf shipped() {
    return read(ConfigFactory.empty());
  }

  /// @param usual the default path, which may not exist
  /// @param named the path from the command line, which must exist
  public static Conf read(Path usual, Optional<Path> named) {
    if (named.isPresent()) return read(parse(named.get()));
    return Files.exists(usual) ? read(parse(usual)) : shipped();
  }

  /// The commented defaults.
  public static String sample() {
    try (var in = Objects.requireNonNull(ClientConf.class.getResourceAsStream(SAMPLE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static Config parse(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new BadConf("The file " + file + " cannot be read.");
    }
    try {
      return ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
          .resolve();
    } catch (ConfigException fault) {
      var sentence = String.valueOf(fault.getMessage()).lines().findFirst().orElse(SAMPLE);
      throw new BadConf(sentence, fault);
    }
  }

  private static Conf read(Config written) {
    var warnings = new ArrayList<String>();
    var whole = Section.of(written.withFallback(ConfigFactory.parseString(sample())));
    var themes = new ArrayList<>(List.of(Conf.AUTO));
    themes.addAll(Conf.THEMES);
    var keys = whole.in("keys");
    var conf =
        new Conf(
            whole.oneOf("theme", themes),
            Bindings.read(keys, Keys.preset(keys.oneOf("preset", Keys.PRESETS)), warnings),
            notifications(whole.in("notify")),
            hooks(whole.in("hooks")),
            whole.flag("mouse"),
            decided(whole, "links", "on", "off"),
            decided(whole, "strike-through", "on", "off"),
            rooms(whole.in("rooms")),
            pane(whole.in("members")),
            Duration.ofMinutes(whole.number("idle-minutes", 1, 1_440)),
            whole.flag("typing"),
            whole.flag("clipboard"),
            whole.flag("cache"),
            whole.text("downloads"),
            pictures(whole),
            whole.oneOf("arrow-up", List.of("recall", "edit")).equals("edit"),
            whole.oneOf("threads", List.of("linear", "threads")).equals("threads"),
            spelling(whole),
            warnings);
    whole.refuseUnknown();
    return conf;
  }

  /// Accepts only names: a path, or an option of the program, is refused.
  private static String spelling(Section in) {
    var text = in.text("spelling");
    if (!DICTIONARIES.matcher(text).matches())
      throw in.error("spelling", "must be auto, off, or dictionaries such as en_GB,de_DE");
    return text;
  }

  private static Conf.Notifications notifications(Section in) {
    var how = in.oneOf("how", List.of("bell", "osc9", "osc777", "off"));
    return new Conf.Notifications(
        Conf.How.valueOf(how.toUpperCase(Locale.ROOT)),
        in.oneOf("about", List.of("mentions", "all")).equals("all"),
        in.flag("text"));
  }

  private static Conf.Pictures pictures(Section in) {
    var words = List.of("auto", "kitty", "sixel", "iterm", "blocks", "off");
    return Conf.Pictures.valueOf(in.oneOf("pictures", words).toUpperCase(Locale.ROOT));
  }

  private static Conf.Hooks hooks(Section in) {
    return new Conf.Hooks(
        in.optionalText("mention"), in.optionalText("direct"), in.optionalText("message"));
  }

  private static Conf.Rooms rooms(Section in) {
    var order = in.oneOf("order", List.of("unread", "recent", "name"));
    return new Conf.Rooms(
        Conf.Order.valueOf(order.toUpperCase(Locale.ROOT)),
        pane(in),
        in.oneOf("enter", List.of("unread", "latest")).equals("unread"));
  }

  private static Optional<Boolean> pane(Section in) {
    return decided(in, "pane", "show", "hide");
  }

  /// Absent for `auto`.
  private static Optional<Boolean> decided(Section in, String key, String yes, String no) {
    var word = in.oneOf(key, List.of("auto", yes, no));
    return word.equals("auto") ? Optional.empty() : Optional.of(word.equals(yes));
  }
}
