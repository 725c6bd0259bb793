package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import kith.protocol.Program;
import kith.protocol.rest.SecondFactors;
import kith.protocol.rest.SignIn;

/// The second factor of the user's account as lines of text.
public final class SecondFactorLines {
  private SecondFactorLines() {}

  public static List<String> lines(SecondFactors.SecondFactorStanding standing) {
    var lines = new ArrayList<String>();
    lines.add(
        standing
            .since()
            .filter(_ -> standing.on())
            .map(since -> "The second factor is on since " + LocalTime.text(since) + ".")
            .orElse("The second factor is off."));
    if (standing.on()) lines.add("Recovery codes that are left: " + standing.recoveryCodes() + ".");
    if (standing.required()) lines.add("This server requires it of your account.");
    if (!standing.on()) lines.add("To turn it on: " + Program.NAME + " account second-factor on");
    return lines;
  }

  /// The identities of the account at providers.
  public static List<String> lines(SignIn.LinkedIdentities linked) {
    return linked.identities().isEmpty()
        ? List.of(
            "No identity provider is linked. To link one: "
                + Program.NAME
                + " account link PROVIDER")
        : linked.identities().stream()
            .map(it ->
                Sanitizer.line(it.provider() + "  " + it.issuer() + "  " + it.subject())
                    + "  since "
                    + LocalTime.text(it.linked()))
            .toList();
  }

  /// The secret for an app that cannot scan.
  public static List<String> secret(SecondFactors.SecondFactorBegun begun) {
    return List.of(
        "Scan the code with your app, or enter this secret:",
        "  " + Sanitizer.line(groups(begun.secret())),
        "  " + Sanitizer.line(begun.uri()),
        "It is not shown again.");
  }

  private static String groups(String secret) {
    return secret.replaceAll("(.{4})(?=.)", "$1 ");
  }
}
