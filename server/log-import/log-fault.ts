/** What is wrong with a log, and where: for the person who has to mend the file. */
export type LogFault = {
  /** 1 is the header. */
  line: number;
  message: string;
};
