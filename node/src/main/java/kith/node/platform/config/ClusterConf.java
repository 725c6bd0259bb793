package kith.node.platform.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The reader of `cluster.conf`.
///
/// The file that ships with Kith is also on the classpath and gives every default. A fault is a
/// `StartFailure` that names the key.
public final class ClusterConf {
  private ClusterConf() {}

  /// @param file the operator's changes, if any
  /// @param flags values by path (`kith.http.port`) that win over the file
  /// @param environment values for variables such as `KITH_HTTP_PORT` in the file
  public static Section read(
      Optional<Path> file, Map<String, String> flags, Map<String, String> environment) {
    var written = file.map(ClusterConf::parse).orElseGet(ConfigFactory::empty);
    var merged = withFlags(flags).withFallback(written).withFallback(shipped());
    return Section.of(resolve(merged, environment), "kith");
  }

  private static Config shipped() {
    return ConfigFactory.parseResources(ClusterConf.class.getClassLoader(), "cluster.conf");
  }

  private static Config parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new StartFailure("The file " + file + " given with --config cannot be read.");
    }
    try {
      return ConfigFactory.parseFile(file.toFile());
    } catch (ConfigException fault) {
      throw new StartFailure(firstLine(fault), fault);
    }
  }

  private static Config withFlags(Map<String, String> flags) {
    var config = ConfigFactory.empty();
    for (var flag : flags.entrySet()) {
      config =
          config.withValue(
              flag.getKey(), ConfigValueFactory.fromAnyRef(flag.getValue(), "command line"));
    }
    return config;
  }

  private static Config resolve(Config config, Map<String, String> environment) {
    var variables = ConfigFactory.empty();
    for (var variable : environment.entrySet()) {
      if (variable.getKey().matches("KITH_[A-Z0-9_]+")) {
        variables =
            variables.withValue(
                variable.getKey(),
                ConfigValueFactory.fromAnyRef(
                    variable.getValue(), "environment variable " + variable.getKey()));
      }
    }
    try {
      var resolved = config.withFallback(variables).resolve(ConfigResolveOptions.noSystem());
      for (var name : variables.root().keySet()) resolved = resolved.withoutPath(name);
      return resolved;
    } catch (ConfigException fault) {
      throw new StartFailure(firstLine(fault), fault);
    }
  }

  private static String firstLine(ConfigException fault) {
    return String.valueOf(fault.getMessage())
        .lines()
        .findFirst()
        .orElse("cluster.conf is not valid");
  }
}
