package kith.node.feature.courier;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kith.node.platform.config.Section;
import kith.node.platform.config.Subnet;

/// @param targets receivers of all rooms and accounts
/// @param requests that a node sends at a time
/// @param hostRequests the same to one host
/// @param requestTime for one request
/// @param answerBytes of the head of an answer
/// @param giveUpAfter a receiver that fails for this long gets no further attempts
/// @param privateNetworks networks that are not public, to which requests are sent nevertheless
/// @param authorities files with certificates of authorities, besides those that Java knows
public record CourierSettings(
    int targets,
    int requests,
    int hostRequests,
    Duration requestTime,
    int answerBytes,
    Duration giveUpAfter,
    List<Subnet> privateNetworks,
    List<Path> authorities) {
  public CourierSettings {
    privateNetworks = List.copyOf(privateNetworks);
    authorities = List.copyOf(authorities);
  }

  public static CourierSettings read(Section in) {
    return new CourierSettings(
        in.number("targets", 1, 10_000),
        in.number("requests", 1, 1000),
        in.number("requests-per-host", 1, 1000),
        in.time("request-time"),
        in.bytes("answer", 1024),
        in.time("give-up-after"),
        in.networks("private-networks"),
        in.texts("authorities").stream().map(Path::of).toList());
  }
}
