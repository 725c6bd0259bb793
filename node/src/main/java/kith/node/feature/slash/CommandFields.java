package kith.node.feature.slash;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import kith.node.platform.config.Portions;
import kith.protocol.Lengths;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.NewCommand;

/// Checks the commands that a bot registers. An objection is a sentence for the bot's creator.
final class CommandFields {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final String NAME_RULE = "1 to 32 of a-z, 0-9, - and _";

  private CommandFields() {}

  static Optional<String> objection(List<NewCommand> commands) {
    var names = new HashSet<String>();
    for (var command : commands) {
      if (!isName(command.name()))
        return Optional.of("The name of a command has " + NAME_RULE + ".");
      if (!names.add(command.name()))
        return Optional.of("The command '%s' is there twice.".formatted(command.name()));
      var wrong = objection(command);
      if (wrong.isPresent())
        return Optional.of("The command '%s': %s.".formatted(command.name(), wrong.get()));
    }
    return Optional.empty();
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static Optional<String> objection(NewCommand command) {
    var most = Lengths.VERSION_1.note();
    if (!isLine(command.description(), most))
      return Optional.of("the description is one line of 1 to %d characters".formatted(most));
    var arguments = command.arguments().orElse(List.of());
    if (arguments.size() > Portions.COMMAND_ARGUMENTS)
      return Optional.of("it has more than %d arguments".formatted(Portions.COMMAND_ARGUMENTS));
    return objectionTo(arguments);
  }

  private static Optional<String> objectionTo(List<Argument> arguments) {
    var names = new HashSet<String>();
    boolean isOptional = false;
    for (var argument : arguments) {
      if (!isName(argument.name()) || !names.add(argument.name()))
        return Optional.of("the names of its arguments differ, and have " + NAME_RULE);
      if (isOptional && !argument.mayBeMissing())
        return Optional.of("a required argument cannot follow an optional one");
      isOptional = argument.mayBeMissing();
      if (!argument.choices().map(CommandFields::areChoices).orElse(true))
        return Optional.of(
            "the choices of '%s' are 1 to %d different words of at most %d characters"
                .formatted(
                    argument.name(), Portions.COMMAND_CHOICES, Lengths.VERSION_1.userName()));
    }
    return Optional.empty();
  }

  private static boolean areChoices(List<String> choices) {
    return !choices.isEmpty()
        && choices.size() <= Portions.COMMAND_CHOICES
        && new HashSet<>(choices).size() == choices.size()
        && choices.stream().allMatch(CommandFields::isWord);
  }

  private static boolean isWord(String text) {
    return isLine(text, Lengths.VERSION_1.userName())
        && text.codePoints().noneMatch(Character::isWhitespace);
  }

  private static boolean isLine(String text, int most) {
    return !text.isBlank()
        && Lengths.isWithin(text, most)
        && text.codePoints().noneMatch(CommandFields::isControl);
  }

  private static boolean isControl(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
