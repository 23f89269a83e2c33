package dev.slipway.app.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.TextBlockParam;
import dev.slipway.model.Question;
import dev.slipway.model.Turn;
import java.util.List;
import java.util.Map;

/** A question in the provider's words: the prompt as a cached system block, the answer's schema. */
final class Messages {
  private final String model;
  private final Question<?> question;

  Messages(String model, Question<?> question) {
    this.model = model;
    this.question = question;
  }

  MessageCreateParams create() {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(question.replyTokensMax())
        .systemOfTextBlockParams(system())
        .messages(turns())
        .outputConfig(output())
        .build();
  }

  MessageCountTokensParams count() {
    return MessageCountTokensParams.builder()
        .model(model)
        .systemOfTextBlockParams(system())
        .messages(turns())
        .outputConfig(output())
        .build();
  }

  /** At most so many tokens: none stands for less than two bytes of what we send, on average. */
  long estimate() {
    long bytes = question.transcript().getBytes(UTF_8).length;
    long schema = ReplySchema.of(question.answer()).toString().length();
    return bytes / 2 + schema / 2 + 500;
  }

  private List<TextBlockParam> system() {
    return List.of(
        TextBlockParam.builder()
            .text(question.prompt().text())
            .cacheControl(CacheControlEphemeral.builder().build())
            .build());
  }

  private List<MessageParam> turns() {
    return question.turns().stream().map(Messages::turn).toList();
  }

  private static MessageParam turn(Turn turn) {
    return switch (turn) {
      case Turn.Asked asked -> MessageParam.ofUser(asked.text());
      case Turn.Replied(String text) -> MessageParam.ofAssistant(text);
    };
  }

  private OutputConfig output() {
    JsonOutputFormat.Schema.Builder schema = JsonOutputFormat.Schema.builder();
    for (Map.Entry<String, Object> part : ReplySchema.of(question.answer()).entrySet()) {
      schema.putAdditionalProperty(part.getKey(), JsonValue.from(part.getValue()));
    }
    return OutputConfig.builder()
        .format(JsonOutputFormat.builder().schema(schema.build()).build())
        .build();
  }
}
