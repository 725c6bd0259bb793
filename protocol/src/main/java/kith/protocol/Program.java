package kith.protocol;

/// The name by which the user called the launcher, for texts with a command to type.
public final class Program {
  /// Texts of the repository name the launcher of a checkout.
  private static final String IN_CHECKOUT = "./kith";

  /// Set by the launcher: `kith` if it is on PATH.
  public static final String NAME = System.getProperty("kith.program", IN_CHECKOUT);

  private Program() {}

  /// The text with the commands as this user types them.
  public static String named(String text) {
    return text.replace(IN_CHECKOUT, NAME);
  }
}
